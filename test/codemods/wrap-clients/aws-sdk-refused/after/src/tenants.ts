import { S3Client } from '@aws-sdk/client-s3';
import { s3, throughPolicy } from './resilience';

interface Tenant {
  readonly region: string;
  readonly endpoint: string;
}

export const inRegion = (tenant: Tenant): S3Client => new S3Client({ region: tenant.region });
export const atEndpoint = (tenant: Tenant): S3Client => new S3Client({ region: 'eu-west-1', endpoint: tenant.endpoint });
export const one = throughPolicy(s3, new S3Client({ region: 'eu-west-1' }));
export const other = new S3Client({ region: 'us-east-1' });

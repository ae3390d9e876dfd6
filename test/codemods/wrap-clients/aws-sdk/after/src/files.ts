import { GetObjectCommand, S3, S3Client } from '@aws-sdk/client-s3';
import { s3, throughPolicy } from './resilience';

// One for the whole process.
export const files = throughPolicy(s3, new S3Client({ region: process.env.AWS_REGION!, maxAttempts: 3 }));

export const service: S3 = throughPolicy(s3, new S3({ region: process.env.AWS_REGION! }));

export async function read(key: string): Promise<string> {
  const { Body } = await files.send(new GetObjectCommand({ Bucket: 'files', Key: key }));
  return (await Body?.transformToString()) ?? '';
}

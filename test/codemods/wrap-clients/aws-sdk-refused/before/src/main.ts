import { createServer } from 'node:http';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { inRegion } from './tenants.js';

createServer((_request, response) => {
  void inRegion({ region: 'eu-west-1', endpoint: '' }).send(new ListBucketsCommand({})).then(() => response.end());
}).listen(3000);

import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export const lambda = new LambdaClient({});
export const queues = new SQSClient({});
// Its calls go through the client that it is made from.
export const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

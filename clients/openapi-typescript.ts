import createClient from 'openapi-fetch';
import type { paths } from './generated/openapi-typescript/api';
import { base, expect, extractors, key, namespaceName, put } from './story';

const namespace = namespaceName('openapi-typescript');
const client = createClient<paths>({
  baseUrl: base,
  headers: { Authorization: `Bearer ${key}`, 'X-Namespace': namespace },
});
const bucket = { bucket_identifier: 'photos' };

function data<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) {
    throw new Error(JSON.stringify(answer.error));
  }
  return answer.data;
}

data(await client.POST('/v1/namespaces', { body: { namespace_name: namespace, feature_extractors: extractors } }));
data(
  await client.POST('/v1/buckets', {
    body: { bucket_name: 'photos', bucket_schema: { properties: { photo: { type: 'image' } } } },
  }),
);
const upload = data(
  await client.POST('/v1/buckets/{bucket_identifier}/uploads', {
    params: { path: bucket },
    body: { filename: 'photo.jpg', content_type: 'image/jpeg' },
  }),
);
await put(upload.presigned_url, upload.required_headers);
const confirmed = data(
  await client.POST('/v1/buckets/{bucket_identifier}/uploads/{upload_id}/confirm', {
    params: { path: { ...bucket, upload_id: expect('upload_id', upload.upload_id) } },
  }),
);
const object = data(
  await client.GET('/v1/buckets/{bucket_identifier}/objects/{object_identifier}', {
    params: { path: { ...bucket, object_identifier: expect('object_id', confirmed.object_id) } },
  }),
);
expect('object', object.object_id, confirmed.object_id);
const page = data(
  await client.POST('/v1/buckets/{bucket_identifier}/objects/list', { params: { path: bucket, query: { limit: 10 } } }),
);
expect('objects', page.results.length, 1);

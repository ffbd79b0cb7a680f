import { confirmUpload, createBucket, createNamespace, createUpload, getObject, listObjects } from './generated/hey-api';
import { client } from './generated/hey-api/client.gen';
import { zObjectResponse } from './generated/hey-api/zod.gen';
import { base, expect, extractors, key, namespaceName, put } from './story';

const namespace = namespaceName('hey-api');
client.setConfig({ baseUrl: base, auth: key, headers: { 'X-Namespace': namespace }, throwOnError: true });
const path = { bucket_identifier: 'photos' };

await createNamespace({ body: { namespace_name: namespace, feature_extractors: extractors } });
await createBucket({ body: { bucket_name: 'photos', bucket_schema: { properties: { photo: { type: 'image' } } } } });
const upload = await createUpload({
  path,
  body: { filename: 'photo.jpg', content_type: 'image/jpeg' },
  throwOnError: true,
});
await put(upload.data.presigned_url, upload.data.required_headers);
const confirmed = await confirmUpload({
  path: { ...path, upload_id: expect('upload_id', upload.data.upload_id) },
  throwOnError: true,
});
const object = await getObject({
  path: { ...path, object_identifier: expect('object_id', confirmed.data.object_id) },
  throwOnError: true,
});
expect('object', zObjectResponse.parse(object.data).object_id, confirmed.data.object_id);
const page = await listObjects({ path, query: { limit: 10 }, throwOnError: true });
expect('objects', page.data.results.length, 1);

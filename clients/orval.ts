import { confirmUpload, createBucket, createNamespace, createUpload, getObject, listObjects } from './generated/orval/api';
import { confirmUploadResponse, createUploadBody, getObjectResponse } from './generated/orval/zod';
import { namespace } from './orval-fetch';
import { expect, extractors, put } from './story';

function ok<T extends { status: number; data: unknown }>(answer: T): Extract<T, { status: 200 }>['data'] {
  return expect('status', answer.status, 200) && (answer.data as Extract<T, { status: 200 }>['data']);
}

ok(await createNamespace({ namespace_name: namespace, feature_extractors: extractors }));
ok(await createBucket({ bucket_name: 'photos', bucket_schema: { properties: { photo: { type: 'image' } } } }));
const wanted = createUploadBody.parse({ filename: 'photo.jpg', content_type: 'image/jpeg' });
const upload = ok(await createUpload('photos', wanted));
await put(upload.presigned_url, upload.required_headers);
const confirmed = confirmUploadResponse.parse(ok(await confirmUpload('photos', expect('upload_id', upload.upload_id), {})));
const object = getObjectResponse.parse(ok(await getObject('photos', expect('object_id', confirmed.object_id))));
expect('object', object.object_id, confirmed.object_id);
expect('objects', ok(await listObjects('photos', {}, { limit: 10 })).results.length, 1);

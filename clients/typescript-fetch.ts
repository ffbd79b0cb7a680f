import { BucketsApi, Configuration, NamespacesApi, ObjectsApi, UploadsApi } from './generated/typescript-fetch';
import { base, expect, key, namespaceName, put } from './story';

const xNamespace = namespaceName('typescript-fetch');
const configuration = new Configuration({ basePath: base, accessToken: key });
const uploads = new UploadsApi(configuration);
const objects = new ObjectsApi(configuration);
const bucket = { bucketIdentifier: 'photos', xNamespace };

await new NamespacesApi(configuration).createNamespace({
  createNamespaceRequest: {
    namespaceName: xNamespace,
    featureExtractors: [{ featureExtractorName: 'multimodal_extractor', version: 'v1' }],
  },
});
await new BucketsApi(configuration).createBucket({
  xNamespace,
  bucketCreateRequest: { bucketName: 'photos', bucketSchema: { properties: { photo: { type: 'image' } } } },
});
const upload = await uploads.createUpload({
  ...bucket,
  createUploadRequest: { filename: 'photo.jpg', contentType: 'image/jpeg' },
});
await put(upload.presignedUrl, upload.requiredHeaders);
const confirmed = await uploads.confirmUpload({ ...bucket, uploadId: expect('upload_id', upload.uploadId) });
const object = await objects.getObject({ ...bucket, objectIdentifier: expect('object_id', confirmed.objectId) });
expect('object', object.objectId, confirmed.objectId);
const page = await objects.listObjects({ ...bucket, limit: 10 });
expect('objects', page.results.length, 1);

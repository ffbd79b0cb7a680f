"""The story with the client that openapi-generator makes for Python."""

import base64
import os
import time
import urllib.request

import waybill_client as waybill

BASE = os.environ.get("WAYBILL", "http://127.0.0.1:8080")
KEY = os.environ.get("KEY", "sk_local_waybill_development_key")
NAMESPACE = f"clients-python-{time.time_ns()}"
PHOTO = base64.b64decode(
    "/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEMrKCUlKFI6PjBDYVVmZF9VXVxreJmCa3GRc1xdhbaHkZ6jrK2sZ4C8"
    "yrunyJmorKX/wAALCAAYACABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AJ0UgmxSCbFIP//Z"
)

with waybill.ApiClient(waybill.Configuration(host=BASE, access_token=KEY)) as client:
    uploads = waybill.UploadsApi(client)
    objects = waybill.ObjectsApi(client)
    waybill.NamespacesApi(client).create_namespace(
        waybill.CreateNamespaceRequest.from_dict(
            {
                "namespace_name": NAMESPACE,
                "feature_extractors": [{"feature_extractor_name": "multimodal_extractor", "version": "v1"}],
            }
        )
    )
    waybill.BucketsApi(client).create_bucket(
        waybill.BucketCreateRequest.from_dict(
            {"bucket_name": "photos", "bucket_schema": {"properties": {"photo": {"type": "image"}}}}
        ),
        x_namespace=NAMESPACE,
    )
    upload = uploads.create_upload(
        "photos",
        waybill.CreateUploadRequest(filename="photo.jpg", content_type="image/jpeg"),
        x_namespace=NAMESPACE,
    )
    put = urllib.request.Request(
        upload.presigned_url, data=PHOTO, headers=upload.required_headers or {}, method="PUT"
    )
    assert urllib.request.urlopen(put).status == 200
    confirmed = uploads.confirm_upload("photos", upload.upload_id, x_namespace=NAMESPACE)
    object_ = objects.get_object("photos", confirmed.object_id, x_namespace=NAMESPACE)
    assert object_.object_id == confirmed.object_id
    assert len(objects.list_objects("photos", x_namespace=NAMESPACE, limit=10).results) == 1

package dev.waybill.uploads;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.uploads.ClaimStore.Claim;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** A claim as it is stored. */
@Document("upload_claims")
record ClaimDocument(
        @Id String key, String namespaceId, String bucketId, String content, String uploadId, Instant claimedAt) {

    static ClaimDocument of(Claim claim) {
        return new ClaimDocument(
                ClaimStore.key(claim.scope(), claim.bucket(), claim.content()),
                claim.scope().namespace().value(),
                claim.bucket().value(),
                claim.content(),
                claim.upload().value(),
                claim.at());
    }

    Claim toClaim(Scope scope) {
        return new Claim(scope, new BucketId(bucketId), content, new UploadId(uploadId), claimedAt);
    }
}

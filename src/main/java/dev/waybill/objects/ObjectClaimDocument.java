package dev.waybill.objects;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** That an object of a bucket was first with a unique key or some content. */
@Document(ObjectClaimDocument.COLLECTION)
record ObjectClaimDocument(@Id String key, String namespaceId, String bucketId, String objectId, Instant claimedAt) {

    static final String COLLECTION = "object_claims";
}

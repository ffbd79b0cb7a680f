package dev.waybill.uploads;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Who was first with some bytes in a bucket. A claim's key is derived from the bucket and the content's hash, so that of
 * two uploads of the same bytes exactly one makes it.
 */
interface ClaimStore {

    /**
     * The claim on some bytes.
     *
     * @param content such as {@code sha256:9f86...} or {@code md5:098f...}
     */
    record Claim(Scope scope, BucketId bucket, String content, UploadId upload, Instant at) {}

    /** Makes the claim, or tells who made it before. */
    Optional<Claim> claim(Claim claim);

    /** Makes many in one round trip; answers those of others that stood in the way, by content. */
    Map<String, Claim> claimAll(Scope scope, BucketId bucket, Collection<Claim> claims);

    Optional<Claim> find(Scope scope, BucketId bucket, String content);

    /** Those that exist, by content. */
    Map<String, Claim> findAll(Scope scope, BucketId bucket, Collection<String> contents);

    /**
     * Takes a claim over from an upload that will not keep it.
     *
     * @return false when somebody else did so first
     */
    boolean takeOver(Claim from, Claim to);

    /** Removes all claims of a bucket. */
    void removeAll(Scope scope, BucketId bucket);

    /** The key of the claim on that content. */
    static String key(Scope scope, BucketId bucket, String content) {
        return scope.key(bucket.value() + "/" + content);
    }
}

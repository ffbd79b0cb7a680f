package dev.waybill.auth;

import dev.waybill.platform.tenancy.Scope;
import java.util.Optional;

/** Resolves the bucket that a path names, for keys that are narrowed to buckets; implemented by the buckets module. */
public interface BucketResolver {

    /** A bucket's id and its name. */
    record Found(String id, String name) {}

    /**
     * @param identifier an id ({@code bkt_...}) or a name, percent-decoded
     * @return empty when the namespace has no such bucket
     */
    Optional<Found> resolve(Scope scope, String identifier);
}

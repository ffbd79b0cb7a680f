package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Port that counts the contents of namespaces; implemented by the modules that store them, each filling in what it
 * knows.
 */
public interface NamespaceUsage {

    /** How much of each kind there is. */
    record Counts(long buckets, long objects, long collections, long documents) {

        public static final Counts NONE = new Counts(0, 0, 0, 0);

        public Counts plus(Counts other) {
            return new Counts(
                    buckets + other.buckets,
                    objects + other.objects,
                    collections + other.collections,
                    documents + other.documents);
        }
    }

    /**
     * Counts for many namespaces in one call.
     *
     * @return namespaces without contents may be left out
     */
    Map<NamespaceId, Counts> count(OrganizationId organization, Collection<NamespaceId> namespaces);

    /** The sum of all counts; namespaces without contents may be left out. */
    static Map<NamespaceId, Counts> sum(
            List<NamespaceUsage> usages, OrganizationId organization, Collection<NamespaceId> namespaces) {
        Map<NamespaceId, Counts> sums = new HashMap<>();
        for (NamespaceUsage usage : usages) {
            usage.count(organization, namespaces).forEach((id, counts) -> sums.merge(id, counts, Counts::plus));
        }
        return sums;
    }
}

package dev.waybill.batches;

import dev.waybill.batches.Tier.Step;
import dev.waybill.buckets.BucketId;
import dev.waybill.collections.Collections;
import dev.waybill.collections.DocumentCollection;
import dev.waybill.collections.ExtractorUse;
import dev.waybill.namespaces.NamespaceExtractors;
import dev.waybill.platform.tenancy.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Finds out what a batch has to do: the graph of collections over its bucket, or the namespace's own extractors. */
@Component
class TierPlan {

    private final Collections collections;
    private final NamespaceExtractors extractors;

    TierPlan(Collections collections, NamespaceExtractors extractors) {
        this.collections = collections;
        this.extractors = extractors;
    }

    List<Tier> of(Scope scope, BucketId bucket) {
        SortedMap<Integer, List<Step>> byDepth = new TreeMap<>();
        for (DocumentCollection collection : collections.over(scope, bucket)) {
            byDepth.computeIfAbsent(collection.depth(), depth -> new ArrayList<>())
                    .add(Step.of(collection.id(), collection.parent(), collection.extractor()));
        }
        if (byDepth.isEmpty()) {
            byDepth.put(0, own(scope));
        }
        List<Tier> tiers = new ArrayList<>();
        byDepth.values().forEach(steps -> tiers.add(new Tier(tiers.size(), List.copyOf(steps), Tier.State.PENDING)));
        return tiers;
    }

    private List<Step> own(Scope scope) {
        return extractors.of(scope).stream()
                .map(one -> new ExtractorUse(one.name(), one.version(), one.parameters()))
                .map(use -> Step.of(null, null, use))
                .toList();
    }
}

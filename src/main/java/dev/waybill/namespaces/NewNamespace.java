package dev.waybill.namespaces;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a new namespace is to be, checked. */
record NewNamespace(
        String name,
        NamespaceType type,
        @Nullable String description,
        List<FeatureExtractor> extractors,
        @Nullable List<PayloadIndex> payloadIndexes,
        boolean autoCreateIndexes,
        @Nullable Map<String, Object> infrastructure) {}

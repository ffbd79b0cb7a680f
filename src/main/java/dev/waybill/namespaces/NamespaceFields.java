package dev.waybill.namespaces;

import dev.waybill.platform.query.Fields;

/** What callers may filter, sort and search namespaces by. */
final class NamespaceFields {

    static final Fields ALL = Fields.builder()
            .stored("namespace_id", Fields.Kind.TOKEN, "_id")
            .token("namespace_type")
            .text("namespace_name", "description")
            .text("feature_extractors.feature_extractor_name", "feature_extractors.version")
            .bool("auto_create_indexes")
            .instant("created_at", "updated_at")
            .any("infrastructure.*")
            .searching("namespace_name", "description")
            .build();

    private NamespaceFields() {}
}

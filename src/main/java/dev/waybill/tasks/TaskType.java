package dev.waybill.tasks;

import dev.waybill.platform.json.WireName;

/** The contract's TaskType. Clients fail on a value that is not in it, so there is no type of our own. */
public enum TaskType implements WireName {
    API_NAMESPACES_CREATE,
    API_NAMESPACES_DELETE,
    API_NAMESPACES_MIGRATIONS_RUN,
    API_BUCKETS_OBJECTS_CREATE,
    API_BUCKETS_DELETE,
    API_BUCKETS_BATCHES_PROCESS,
    API_BUCKETS_BATCHES_SUBMIT,
    API_BUCKETS_UPLOADS_CREATE,
    API_BUCKETS_UPLOADS_CONFIRM,
    API_BUCKETS_UPLOADS_BATCH_CONFIRM,
    API_COLLECTIONS_DOCUMENTS_CREATE,
    API_COLLECTIONS_EXTRACTION_ARTIFACTS,
    API_TAXONOMIES_CREATE,
    API_TAXONOMIES_EXECUTE,
    API_TAXONOMIES_MATERIALIZE,
    API_EVALUATIONS_RUN,
    API_EVALUATIONS_DATASET_CREATE,
    API_RETRIEVERS_PUBLISH,
    API_COLLECTIONS_EXPORT,
    API_COLLECTIONS_TRIGGER,
    ENGINE_FEATURE_EXTRACTOR_RUN,
    ENGINE_INFERENCE_RUN,
    ENGINE_OBJECT_PROCESSING,
    ENGINE_CLUSTER_BUILD,
    THUMBNAIL,
    VIDEO_SEGMENT,
    AUDIO_SEGMENT,
    MATERIALIZE,
    PLUGIN_CUSTOM,
    MODEL_CUSTOM;

    /** What kind of work it is, for people. */
    String description() {
        return switch (this) {
            case API_NAMESPACES_DELETE -> "Deletes a namespace and all that lies in it";
            case API_BUCKETS_DELETE -> "Deletes a bucket and all that lies in it";
            case API_BUCKETS_OBJECTS_CREATE -> "Copies files of a sync's source and makes objects of them";
            case API_BUCKETS_BATCHES_PROCESS, API_BUCKETS_BATCHES_SUBMIT ->
                "Takes the objects of a batch through the tiers of extraction";
            case API_BUCKETS_UPLOADS_CREATE -> "Creates uploads";
            case API_BUCKETS_UPLOADS_CONFIRM -> "Confirms an upload";
            case API_BUCKETS_UPLOADS_BATCH_CONFIRM -> "Confirms uploads";
            case ENGINE_FEATURE_EXTRACTOR_RUN -> "Reads the objects of one tier of a batch";
            case ENGINE_OBJECT_PROCESSING -> "Reads some objects of a batch";
            default -> "Works in the background (%s)".formatted(wire());
        };
    }
}

package dev.waybill.syncs.mapping;

import dev.waybill.buckets.FieldType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a file becomes. */
public sealed interface MappingResult {

    /**
     * An object of one blob.
     *
     * @param property the schema's property that the file fills
     * @param type as the schema declares the property
     * @param mediaType what the blob is said to be, without parameters
     * @param objectMetadata JSON values, which fit the schema; may hold nulls that constants ask for
     */
    record Mapped(String property, FieldType type, String mediaType, Map<String, Object> objectMetadata)
            implements MappingResult {

        public Mapped {
            objectMetadata = Collections.unmodifiableMap(new LinkedHashMap<>(objectMetadata));
        }
    }

    /**
     * Nothing: the file does not fit, and will not unless it, the mapping or the schema changes.
     *
     * @param sentence for people: what does not fit, and what to change
     */
    record MappingProblem(Reason reason, String sentence) implements MappingResult {}

    /** Why a file becomes nothing; these words stand in ledgers. */
    enum Reason {
        /** A field that is required has no value. */
        MAPPING_REQUIRED,
        /** The file or a value is not what the schema takes. */
        SCHEMA_MISMATCH,
        /** No property of the schema takes such a file. */
        UNSUPPORTED
    }
}

package dev.waybill.syncs.mapping;

import dev.waybill.buckets.FieldType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a file becomes. */
public sealed interface MappingResult {

    /**
     * An object of the file's blob, and of those that URLs lead to.
     *
     * @param property the schema's property that the file fills
     * @param type as the schema declares the property
     * @param mediaType what the blob is said to be, without parameters
     * @param objectMetadata JSON values, which fit the schema; may hold nulls that constants ask for
     * @param links one for each further property that has a URL; none of them is the file's
     */
    record Mapped(
            String property, FieldType type, String mediaType, Map<String, Object> objectMetadata, List<Link> links)
            implements MappingResult {

        public Mapped {
            links = List.copyOf(links);
            objectMetadata = Collections.unmodifiableMap(new LinkedHashMap<>(objectMetadata));
        }
    }

    /**
     * What a further property is to be filled with.
     *
     * @param type as the schema declares the property
     * @param url as it was found, unchecked
     */
    record Link(String property, FieldType type, String url) {}

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

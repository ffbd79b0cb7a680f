package dev.waybill.syncs.mapping;

import dev.waybill.buckets.FieldType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Result of a mapping for a file. */
public sealed interface MappingResult {

    /**
     * An object with the file's blob, and further blobs behind URLs.
     *
     * @param property the schema's property for the file
     * @param type as the schema declares the property
     * @param mediaType media type of the blob, without parameters
     * @param objectMetadata JSON values that fit the schema; may hold nulls from constants
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
     * The URL for a further property.
     *
     * @param type as the schema declares the property
     * @param url as it was found, unchecked
     */
    record Link(String property, FieldType type, String url) {}

    /**
     * No object: the file does not fit, and will not unless it, the mapping or the schema changes.
     *
     * @param sentence for people: what does not fit, and what to change
     */
    record MappingProblem(Reason reason, String sentence) implements MappingResult {}

    /** Why a file is refused; stored in ledgers. */
    enum Reason {
        /** A required field has no value. */
        MAPPING_REQUIRED,
        /** The file or a value does not fit the schema. */
        SCHEMA_MISMATCH,
        /** No property of the schema accepts such a file. */
        UNSUPPORTED
    }
}

package dev.waybill.collections;

import java.util.Map;

/**
 * A configured extractor: its name, version and parameters.
 *
 * @param version such as {@code v1}
 * @param parameters JSON values
 */
public record ExtractorUse(String name, String version, Map<String, Object> parameters) {

    /** As others refer to it, such as {@code text_extractor_v1}. */
    public String id() {
        return name + "_" + version;
    }
}

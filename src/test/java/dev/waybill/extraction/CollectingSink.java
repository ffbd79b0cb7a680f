package dev.waybill.extraction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers what an extractor made. */
public final class CollectingSink implements ExtractionSink {

    public record Stored(String contentType, byte[] bytes) {}

    public final List<Map<String, Object>> documents = new ArrayList<>();
    public final Map<String, Stored> stored = new LinkedHashMap<>();

    @Override
    public void document(Map<String, Object> fields) {
        documents.add(fields);
    }

    @Override
    public String store(String name, String contentType, byte[] bytes) {
        stored.put(name, new Stored(contentType, bytes));
        return "kept/" + name;
    }

    public Map<String, Object> only() {
        if (documents.size() != 1) {
            throw new AssertionError("not one document but " + documents);
        }
        return documents.getFirst();
    }
}

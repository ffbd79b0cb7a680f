package dev.waybill.blobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many there are, how large they are together, and the first of them. For one thread. */
final class SizeSummary {

    private static final int MAX_SAMPLES = 20;

    private final List<Object> samples = new ArrayList<>();
    private long count;
    private long bytes;

    /** @param sample a string, or an object of JSON's */
    void add(long size, Object sample) {
        count++;
        bytes += size;
        if (samples.size() < MAX_SAMPLES) {
            samples.add(sample);
        }
    }

    /** As a task's receipt tells it: {@code count}, {@code bytes}, {@code samples}. */
    Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("count", count);
        told.put("bytes", bytes);
        told.put("samples", List.copyOf(samples));
        return told;
    }
}

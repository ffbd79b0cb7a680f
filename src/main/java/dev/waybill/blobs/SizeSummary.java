package dev.waybill.blobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Count, total size and first samples of a set of blobs. Not thread-safe. */
final class SizeSummary {

    private static final int MAX_SAMPLES = 20;

    private final List<Object> samples = new ArrayList<>();
    private long count;
    private long bytes;

    /** @param sample a string, or a JSON object */
    void add(long size, Object sample) {
        count++;
        bytes += size;
        if (samples.size() < MAX_SAMPLES) {
            samples.add(sample);
        }
    }

    /** As in the output of a task: {@code count}, {@code bytes}, {@code samples}. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("count", count);
        map.put("bytes", bytes);
        map.put("samples", List.copyOf(samples));
        return map;
    }
}

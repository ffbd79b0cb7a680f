package dev.waybill.extraction.sandbox;

import dev.waybill.extraction.ExtractionSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sink that passes on what is new: a file that is read again from the start makes the same again. */
final class DeduplicatingSink implements ExtractionSink {

    private final ExtractionSink sink;
    private final List<String> keys = new ArrayList<>();
    private int passedOn;
    private int documents;
    private int attachments;

    DeduplicatingSink(ExtractionSink sink) {
        this.sink = sink;
    }

    /** The reading restarts. */
    void restart() {
        documents = 0;
        attachments = 0;
    }

    @Override
    public void document(Map<String, Object> fields) {
        if (documents++ == passedOn) {
            passedOn++;
            sink.document(fields);
        }
    }

    @Override
    public String store(String name, String contentType, byte[] bytes) {
        if (attachments == keys.size()) {
            keys.add(sink.store(name, contentType, bytes));
        }
        return keys.get(attachments++);
    }
}

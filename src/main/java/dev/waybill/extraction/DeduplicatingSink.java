package dev.waybill.extraction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hands on what is new: a file that is read from the start again makes the same again. */
final class DeduplicatingSink implements ExtractionSink {

    private final ExtractionSink sink;
    private final List<String> keys = new ArrayList<>();
    private int handedOn;
    private int documents;
    private int attachments;

    DeduplicatingSink(ExtractionSink sink) {
        this.sink = sink;
    }

    /** The reading begins anew. */
    void fromTheStart() {
        documents = 0;
        attachments = 0;
    }

    @Override
    public void document(Map<String, Object> fields) {
        if (documents++ == handedOn) {
            handedOn++;
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

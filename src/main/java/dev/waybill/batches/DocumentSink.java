package dev.waybill.batches;

import dev.waybill.collections.DocumentId;
import dev.waybill.collections.Extract;
import dev.waybill.collections.Extracts;
import dev.waybill.collections.Origin;
import dev.waybill.extraction.ExtractionSink;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import java.io.ByteArrayInputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an extractor makes of one source, a few documents at a time. What goes wrong here is no fault of the file,
 * and is remembered, whatever the extractor makes of the exception. Not for many threads at once.
 */
final class DocumentSink implements ExtractionSink {

    private static final int AT_ONCE = 50;

    private final Batch batch;
    private final Origin origin;
    private final ObjectId object;
    private final String source;
    private final Extracts extracts;
    private final ObjectStorage storage;
    private final InstantSource clock;
    private final Mandate mandate;
    private final List<Extract> waiting = new ArrayList<>();
    private int count;
    private @Nullable RuntimeException failure;

    DocumentSink(
            Batch batch,
            Origin origin,
            ObjectId object,
            String source,
            Extracts extracts,
            ObjectStorage storage,
            InstantSource clock,
            Mandate mandate) {
        this.batch = batch;
        this.origin = origin;
        this.object = object;
        this.source = source;
        this.extracts = extracts;
        this.storage = storage;
        this.clock = clock;
        this.mandate = mandate;
    }

    @Override
    public void document(Map<String, Object> fields) {
        waiting.add(new Extract(
                DocumentId.of(origin.value(), object, source, count),
                batch.scope(),
                batch.bucket(),
                origin.collection(),
                object,
                source,
                origin.extractor().id(),
                count,
                batch.id().value(),
                fields,
                clock.instant()));
        count++;
        if (waiting.size() >= AT_ONCE) {
            flush();
        }
    }

    @Override
    public String store(String name, String contentType, byte[] bytes) {
        ObjectKey key = origin.fileKey(object, source, name);
        try {
            mandate.require();
            storage.put(key, new ByteArrayInputStream(bytes), bytes.length, contentType);
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
        return key.value();
    }

    void flush() {
        try {
            mandate.require();
            extracts.replaceAll(waiting);
            waiting.clear();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    int count() {
        return count;
    }

    /** What went wrong with writing; null when all went well. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }
}

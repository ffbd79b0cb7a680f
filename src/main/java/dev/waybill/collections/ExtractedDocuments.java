package dev.waybill.collections;

import dev.waybill.objects.ObjectId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** API of this module for extraction: writes, reads and removes documents. */
@Component
public class ExtractedDocuments {

    private final ExtractedDocumentStore store;

    ExtractedDocuments(ExtractedDocumentStore store) {
        this.store = store;
    }

    /** Writes documents in one round trip; those of the same ids are replaced. */
    public void replaceAll(Collection<ExtractedDocument> documents) {
        store.replaceAll(documents);
    }

    /** Removes what an earlier run read out of a source beyond the first {@code count} documents. */
    public void removeBeyond(DocumentSource documentSource, ObjectId object, String source, int count) {
        store.removeBeyond(documentSource, object, source, count);
    }

    /**
     * Removes what an earlier run read out of sources other than these, among the sources whose ids lie between two.
     * There may be any number of sources, so callers with many proceed range by range.
     *
     * @param after where the range begins, without it; null for the very beginning
     * @param upTo where it ends, with it; null for the very end
     */
    public void removeOthers(
            DocumentSource documentSource,
            ObjectId object,
            Collection<String> sources,
            @Nullable String after,
            @Nullable String upTo) {
        store.removeOthers(documentSource, object, sources, after, upTo);
    }

    /** Removes everything of an origin that was read out of an object. */
    public void removeAll(DocumentSource documentSource, ObjectId object) {
        store.removeOthers(documentSource, object, List.of(), null, null);
    }

    /**
     * The documents of an object in a collection, a page at a time.
     *
     * @param last the last of the page before; null for the first
     */
    public List<ExtractedDocument> after(
            Scope scope, CollectionId collection, ObjectId object, @Nullable DocumentId last, int max) {
        return store.after(scope, collection, object, last, max);
    }
}

package dev.waybill.objects;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A note that bytes may belong to no object.
 *
 * @param dueAt from when on they are removed unless an object has them
 * @param times how often they were noted: by it a note is told from a later one
 * @param removing whether somebody began to remove them; from then on no object may take them
 */
@Document(LooseBytesDocument.COLLECTION)
@CompoundIndex(name = "due", def = "{due_at: 1}")
record LooseBytesDocument(
        @Id String key,
        String namespaceId,
        String organizationId,
        String storageKey,
        Instant dueAt,
        long times,
        boolean removing) {

    static final String COLLECTION = "loose_bytes";

    Scope scope() {
        return new Scope(new OrganizationId(organizationId), new NamespaceId(namespaceId));
    }

    ObjectKey bytes() {
        return new ObjectKey(storageKey);
    }
}

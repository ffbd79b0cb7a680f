package dev.waybill.syncs.runs;

import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.syncs.runs.LedgerEntity.Settled;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Revalidates duplicates: files without an object of their own, as an existing object has their bytes or unique key.
 * They are copied once that object no longer does.
 */
@Component
class DuplicateFiles {

    private final Objects objects;

    DuplicateFiles(Objects objects) {
        this.objects = objects;
    }

    /**
     * The same rows, with the outcome removed from those whose existing object was deleted or has other bytes by now.
     * At most one query.
     */
    Map<String, LedgerEntity> revalidated(Scope scope, Map<String, LedgerEntity> rows) {
        Collection<LedgerEntity> duplicates =
                rows.values().stream().filter(DuplicateFiles::isDuplicate).toList();
        Map<ObjectId, Set<String>> hashes = objects.hashesOf(
                scope, duplicates.stream().map(DuplicateFiles::object).collect(Collectors.toSet()));
        Map<String, LedgerEntity> all = new HashMap<>(rows);
        for (LedgerEntity row : duplicates) {
            if (!isStillDuplicate(hashes.get(object(row)), row)) {
                all.put(row.sourceId(), row.unsettled());
            }
        }
        return all;
    }

    private static boolean isStillDuplicate(@Nullable Set<String> hashes, LedgerEntity row) {
        Settled settled = row.settled();
        boolean byKey = settled != null && Publication.KEY_TAKEN.equals(settled.reason());
        return hashes != null && (byKey || settled != null && hashes.contains(settled.sha256()));
    }

    private static boolean isDuplicate(LedgerEntity row) {
        Settled settled = row.settled();
        return settled != null
                && settled.objectId() != null
                && (Publication.DUPLICATE_OF.equals(settled.reason())
                        || Publication.KEY_TAKEN.equals(settled.reason()));
    }

    private static ObjectId object(LedgerEntity row) {
        return new ObjectId(String.valueOf(row.objectId()));
    }
}

package dev.waybill.syncs;

import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.syncs.LedgerDocument.Settled;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Files that became no objects as another file's object stands in for them: they are wanted once it does so no more. */
@Component
class Duplicates {

    private final Objects objects;

    Duplicates(Objects objects) {
        this.objects = objects;
    }

    /** The same rows, and nothing settled in those whose object is gone or has other bytes by now. One query at most. */
    Map<String, LedgerDocument> looked(Scope scope, Map<String, LedgerDocument> rows) {
        Collection<LedgerDocument> duplicates =
                rows.values().stream().filter(Duplicates::isDuplicate).toList();
        Map<ObjectId, Set<String>> hashes = objects.hashesOf(
                scope, duplicates.stream().map(Duplicates::object).collect(Collectors.toSet()));
        Map<String, LedgerDocument> all = new HashMap<>(rows);
        for (LedgerDocument row : duplicates) {
            if (!standsIn(hashes.get(object(row)), row)) {
                all.put(row.sourceId(), row.unsettled());
            }
        }
        return all;
    }

    private static boolean standsIn(@Nullable Set<String> hashes, LedgerDocument row) {
        Settled settled = row.settled();
        boolean byKey = settled != null && Publication.KEY_TAKEN.equals(settled.reason());
        return hashes != null && (byKey || settled != null && hashes.contains(settled.sha256()));
    }

    private static boolean isDuplicate(LedgerDocument row) {
        Settled settled = row.settled();
        return settled != null
                && settled.objectId() != null
                && (Publication.DUPLICATE_OF.equals(settled.reason())
                        || Publication.KEY_TAKEN.equals(settled.reason()));
    }

    private static ObjectId object(LedgerDocument row) {
        return new ObjectId(String.valueOf(row.objectId()));
    }
}

package dev.waybill.objects;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.quotas.Admission;
import dev.waybill.quotas.Quotas;
import dev.waybill.quotas.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Inserts rows under a reservation of the organization's storage quota. */
@Component
class QuotaCheckedInserts {

    private final ObjectStore store;
    private final Quotas quotas;

    QuotaCheckedInserts(ObjectStore store, Quotas quotas) {
        this.store = store;
        this.quotas = quotas;
    }

    /** A row, and the bytes that it adds to the organization's usage. */
    record Entry(ObjectRow row, long bytes) {}

    /** The outcome of a row. */
    sealed interface Result {

        /** The insert was sent. */
        record Tried(WriteOutcome outcome) implements Result {}

        /** Over quota. */
        record Full(WaybillException why) implements Result {}
    }

    /** The smallest refused size: anything larger is refused too. */
    private record Smallest(long bytes, WaybillException why) {}

    /** Rows within the quota. @param indexes theirs among all entries */
    private record Admitted(Reservation reservation, List<Integer> indexes) {}

    /**
     * Inserts rows as {@link ObjectStore#insertAll} does. Where the quota is not enough for all, earlier entries have
     * priority.
     *
     * @param entries all of one bucket
     * @return one result for each, in order
     */
    List<Result> insertAll(List<Entry> entries) {
        Result[] results = new Result[entries.size()];
        List<Admitted> admitted = admitted(entries, results);
        List<Integer> indexes =
                admitted.stream().flatMap(some -> some.indexes().stream()).toList();
        List<WriteOutcome> outcomes = store.insertAll(
                indexes.stream().map(index -> entries.get(index).row()).toList());
        for (int i = 0; i < indexes.size(); i++) {
            results[indexes.get(i)] = new Result.Tried(outcomes.get(i));
        }
        admitted.forEach(some -> settle(some, entries, results));
        return List.of(results);
    }

    private List<Admitted> admitted(List<Entry> entries, Result[] results) {
        if (entries.isEmpty()) {
            return List.of();
        }
        OrganizationId organization = entries.getFirst().row().object().scope().organization();
        long all = entries.stream().mapToLong(Entry::bytes).sum();
        List<Integer> indexes = IntStream.range(0, entries.size()).boxed().toList();
        switch (quotas.reserve(organization, all)) {
            case Admission.Granted granted -> {
                return List.of(new Admitted(granted.reservation(), indexes));
            }
            case Admission.Refused refused -> {
                return entries.size() > 1
                        ? admittedOneByOne(organization, entries, results)
                        : refused(results, refused.why());
            }
        }
    }

    private static List<Admitted> refused(Result[] results, WaybillException why) {
        results[0] = new Result.Full(why);
        return List.of();
    }

    private List<Admitted> admittedOneByOne(OrganizationId organization, List<Entry> entries, Result[] results) {
        List<Admitted> admitted = new ArrayList<>();
        @Nullable Smallest refusal = null;
        for (int index = 0; index < entries.size(); index++) {
            long bytes = entries.get(index).bytes();
            if (refusal != null && bytes >= refusal.bytes()) {
                results[index] = new Result.Full(refusal.why());
                continue;
            }
            switch (quotas.reserve(organization, bytes)) {
                case Admission.Granted granted -> admitted.add(new Admitted(granted.reservation(), List.of(index)));
                case Admission.Refused refused -> {
                    refusal = new Smallest(bytes, refused.why());
                    results[index] = new Result.Full(refused.why());
                }
            }
        }
        return admitted;
    }

    /** With an unknown outcome the bytes stay reserved until the reservation expires. */
    private void settle(Admitted some, List<Entry> entries, Result[] results) {
        long written = 0;
        for (int index : some.indexes()) {
            if (results[index] instanceof Result.Tried tried) {
                if (tried.outcome() == WriteOutcome.UNKNOWN) {
                    return;
                }
                written += tried.outcome() == WriteOutcome.DONE
                        ? entries.get(index).bytes()
                        : 0;
            }
        }
        quotas.settle(some.reservation(), written);
    }
}

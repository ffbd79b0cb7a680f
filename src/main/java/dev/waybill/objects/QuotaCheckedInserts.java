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

/** Inserts rows for whose bytes the organization's quota leaves room. */
@Component
class QuotaCheckedInserts {

    private final ObjectStore store;
    private final Quotas quotas;

    QuotaCheckedInserts(ObjectStore store, Quotas quotas) {
        this.store = store;
        this.quotas = quotas;
    }

    /** A row, and how many more bytes the organization stores with it. */
    record Entry(ObjectRow row, long bytes) {}

    /** What became of a row. */
    sealed interface Result {

        /** It was tried. */
        record Tried(WriteOutcome outcome) implements Result {}

        /** There is no room for it. */
        record Full(WaybillException why) implements Result {}
    }

    /** The fewest bytes for which there was no room: there is none for more. */
    private record Smallest(long bytes, WaybillException why) {}

    /** Rows for which there is room. @param places theirs among all entries */
    private record Admitted(Reservation reservation, List<Integer> places) {}

    /**
     * Inserts rows as {@link ObjectStore#insertAll} does. Where there is not room for all, those come in first that stand
     * first.
     *
     * @param entries all of one bucket
     * @return one for each, in their order
     */
    List<Result> insertAll(List<Entry> entries) {
        Result[] results = new Result[entries.size()];
        List<Admitted> admitted = admitted(entries, results);
        List<Integer> places =
                admitted.stream().flatMap(some -> some.places().stream()).toList();
        List<WriteOutcome> outcomes = store.insertAll(
                places.stream().map(place -> entries.get(place).row()).toList());
        for (int i = 0; i < places.size(); i++) {
            results[places.get(i)] = new Result.Tried(outcomes.get(i));
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
        List<Integer> places = IntStream.range(0, entries.size()).boxed().toList();
        switch (quotas.reserve(organization, all)) {
            case Admission.Granted granted -> {
                return List.of(new Admitted(granted.reservation(), places));
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
        for (int place = 0; place < entries.size(); place++) {
            long bytes = entries.get(place).bytes();
            if (refusal != null && bytes >= refusal.bytes()) {
                results[place] = new Result.Full(refusal.why());
                continue;
            }
            switch (quotas.reserve(organization, bytes)) {
                case Admission.Granted granted -> admitted.add(new Admitted(granted.reservation(), List.of(place)));
                case Admission.Refused refused -> {
                    refusal = new Smallest(bytes, refused.why());
                    results[place] = new Result.Full(refused.why());
                }
            }
        }
        return admitted;
    }

    /** What may have been written and may not stays reserved, until it counts as dead. */
    private void settle(Admitted some, List<Entry> entries, Result[] results) {
        long written = 0;
        for (int place : some.places()) {
            if (results[place] instanceof Result.Tried tried) {
                if (tried.outcome() == WriteOutcome.UNKNOWN) {
                    return;
                }
                written += tried.outcome() == WriteOutcome.DONE
                        ? entries.get(place).bytes()
                        : 0;
            }
        }
        quotas.settle(some.reservation(), written);
    }
}

package dev.waybill.local;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The indexes of one collection, of which the stand-in would take the first that can serve a query. */
final class Narrowings {

    private final List<Narrowing> all = new CopyOnWriteArrayList<>();

    void add(Narrowing narrowing) {
        all.add(narrowing);
    }

    void remove(Narrowing narrowing) {
        all.remove(narrowing);
    }

    /** Whether one of them narrows a query, and none does more. */
    boolean isBest(Narrowing narrowing, Constraints constraints) {
        int worth = narrowing.worth(constraints);
        return worth > 0 && all.stream().noneMatch(other -> other.worth(constraints) > worth);
    }
}

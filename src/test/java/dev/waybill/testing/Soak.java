package dev.waybill.testing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** How many cases are tried: a share in every build, all with {@code -Psoak}. */
public final class Soak {

    static final boolean ON = Boolean.getBoolean("waybill.test.soak");
    private static final AtomicInteger TURN = new AtomicInteger();

    private Soak() {}

    /** How many cases. */
    public static int count(int inEveryBuild, int inSoak) {
        return ON ? inSoak : inEveryBuild;
    }

    /** In every build so many of the values, others in each call, so that each has its turn. */
    public static <T> List<T> share(List<T> values, int inEveryBuild) {
        if (ON || values.size() <= inEveryBuild) {
            return values;
        }
        int first = TURN.getAndAdd(inEveryBuild);
        return IntStream.range(first, first + inEveryBuild)
                .mapToObj(i -> values.get(Math.floorMod(i, values.size())))
                .toList();
    }
}

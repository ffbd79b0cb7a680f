package dev.waybill.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.blobs.BlobOwner.Named;
import dev.waybill.platform.storage.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contract of {@link BlobOwner}, for every module that owns blobs. */
public abstract class BlobOwnerContract {

    private static final int ENOUGH = 10;

    /** The owner under test, without rows at first. */
    protected abstract BlobOwner owner();

    /** A partition that the module stores rows of, by a short name. */
    protected abstract String partition(String name);

    /** Ids that sort by their numbers, up to 9. */
    protected abstract String id(int number);

    /** Writes a row that references the key. */
    protected abstract void row(String partition, String id, ObjectKey key);

    /** Writes a row that references no final key of its own. */
    protected abstract void rowWithout(String partition, String id);

    @Test
    void ownsWhatItsRowsName() {
        String partition = partition("a");
        row(partition, id(1), key(partition, 1));
        row(partition, id(2), key(partition, 2));
        rowWithout(partition, id(3));

        assertThat(owner().owned(partition, List.of(key(partition, 2), key(partition, 7))))
                .containsExactly(key(partition, 2));
        assertThat(owner().owned(partition, Set.of())).isEmpty();
    }

    @Test
    void goesThroughAllRowsInTheOrderOfTheirIds() {
        String partition = partition("a");
        for (int number : new int[] {3, 1, 5, 2, 4}) {
            row(partition, id(number), key(partition, number));
        }

        List<Named> met = new ArrayList<>();
        @Nullable String after = null;
        for (int pages = 0; pages < ENOUGH; pages++) {
            List<Named> page = owner().page(partition, after, 2);
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            if (page.isEmpty()) {
                break;
            }
            met.addAll(page);
            after = page.getLast().id();
        }

        assertThat(met)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 5)
                        .mapToObj(number -> new Named(id(number), key(partition, number)))
                        .toList());
    }

    @Test
    void keepsPartitionsApart() {
        for (String name : List.of("a", "ab", "b")) {
            row(partition(name), id(1), key(partition(name), 1));
        }

        assertThat(owner().page(partition("ab"), null, 1000))
                .containsExactly(new Named(id(1), key(partition("ab"), 1)));
        assertThat(owner().page(partition("nobody"), null, 1000)).isEmpty();
        assertThat(owner().owned(partition("b"), List.of(key(partition("a"), 1))))
                .isEmpty();
    }

    @Test
    void leavesOutRowsThatNameNoFinalKeyOfTheirOwn() {
        String partition = partition("a");
        rowWithout(partition, id(1));
        rowWithout(partition, id(2));

        assertThat(owner().page(partition, null, 1)).isEmpty();
    }

    protected static ObjectKey key(String partition, int number) {
        return new ObjectKey("7/0VXsK2aQ3nB8xYz%d/%s/photo.jpg".formatted(number, partition));
    }
}

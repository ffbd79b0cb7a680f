package dev.waybill.testing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * Mutation tests of contract kits: runs them against implementations with one {@link Lie} and reads which of their
 * tests fail. In every build a lie meets the tests that must fail, with {@code -Psoak} all others too, which must not.
 */
public final class Kits {

    private Kits() {}

    /**
     * Runs a kit once for each lie.
     *
     * @param liar the kit, parameterized with these lies in this order; the first of them is the truth
     * @return a test for each lie, and one of whether each of the kit's tests can fail
     */
    public static Stream<DynamicTest> tests(Class<?> liar, List<? extends Lie<?>> lies) {
        Events tests = executed(liar, lies.stream().map(Lie::red).toList());
        Map<Integer, Set<String>> all = byLie(tests.started().stream());
        return Stream.concat(each(tests, lies), Stream.of(dynamicTest("every test finds a lie out", () -> {
            assertThat(lies.getFirst().red()).isEmpty();
            assertThat(tests.aborted().count()).isZero();
            Set<String> found = new TreeSet<>();
            lies.forEach(lie -> found.addAll(lie.red()));
            assertThat(found).isEqualTo(all.get(0));
        })));
    }

    /**
     * The same for a kit whose tests are tried elsewhere: a test for each lie, of which some may be harmless.
     *
     * @param tried the tests that each of them meets in every build; with {@code -Psoak} it meets all
     */
    public static Stream<DynamicTest> some(
            Class<?> liar, List<? extends Lie<?>> lies, List<? extends Collection<String>> tried) {
        return each(executed(liar, tried), lies);
    }

    private static Events executed(Class<?> liar, List<? extends Collection<String>> tried) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter(Lying.WITHIN_KITS, wanted(tried))
                .selectors(selectClass(liar))
                .execute()
                .testEvents();
    }

    private static Stream<DynamicTest> each(Events tests, List<? extends Lie<?>> lies) {
        Map<Integer, Set<String>> all = byLie(tests.started().stream());
        Map<Integer, Set<String>> red = byLie(tests.failed().stream());
        return IntStream.range(0, lies.size())
                .mapToObj(index -> dynamicTest(lies.get(index).name(), () -> {
                    assertThat(all).as("lies that were tried").hasSize(lies.size());
                    assertThat(red.getOrDefault(index, Set.of()))
                            .as("the tests that find out that a liar %s".formatted(lies.get(index)))
                            .isEqualTo(lies.get(index).red());
                }));
    }

    /** For {@link Lying#WITHIN_KITS}: a line for each lie, with its tests, or with nothing where it meets them all. */
    private static String wanted(List<? extends Collection<String>> tried) {
        return tried.stream()
                .map(tests -> Soak.ON ? "" : String.join(" ", tests))
                .collect(joining("\n"));
    }

    private static Map<Integer, Set<String>> byLie(Stream<Event> events) {
        return events.map(Event::getTestDescriptor)
                .collect(groupingBy(Kits::index, mapping(Kits::name, toCollection(TreeSet::new))));
    }

    private static int index(TestDescriptor test) {
        return test.getUniqueId().getSegments().stream()
                .filter(segment -> segment.getType().equals(Lying.INVOCATION))
                .mapToInt(segment -> Lying.WithinKits.index(segment.getValue()))
                .findFirst()
                .orElseThrow();
    }

    private static String name(TestDescriptor test) {
        return test.getSource()
                .map(MethodSource.class::cast)
                .map(MethodSource::getMethodName)
                .orElseThrow();
    }
}

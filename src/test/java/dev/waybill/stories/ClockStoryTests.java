package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.testing.Answer;
import dev.waybill.testing.MovedTime;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two instances on machines whose clocks differ by half a minute: there is one time all the same. */
class ClockStoryTests {

    @Test
    void whatOneInstanceDatesIsNeitherPastNorFutureForTheOther() {
        MovedTime time = MovedTime.create();
        time.forward(Duration.ofHours(1));
        try (ServiceUnderTest here = ServiceUnderTest.start(Stores.create(), time.settings());
                ServiceUnderTest there = here.another(Map.of())) {
            Workspace shop = Workspace.create(here.client());
            Workspace beyond = shop.through(there.client());
            Instant before = here.bean(InstantSource.class).instant();

            Answer upload = beyond.askForJpeg();

            Instant after = here.bean(InstantSource.class).instant();
            Instant made = Instant.parse(upload.at("/created_at"));
            assertThat(made).isBetween(before.minusMillis(500), after.plusMillis(500));
            // What a test moves is no wrong clock.
            assertThat(made).isCloseTo(Instant.now().plus(Duration.ofHours(1)), within(10, ChronoUnit.SECONDS));
        }
    }
}

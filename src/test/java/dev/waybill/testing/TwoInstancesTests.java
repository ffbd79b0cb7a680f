package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.local.LocalServices;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoInstancesTests {

    @Test
    void oneIsKilledAndTheOtherGoesOn(@TempDir Path folder) {
        try (LocalServices services = LocalServices.inMemory(folder);
                ServiceUnderTest here = ServiceUnderTest.start(services);
                ServiceProcess there = ServiceProcess.start(services)) {
            assertThat(there.client().get("/v1/health").status()).isEqualTo(200);
            there.kill();
            assertThat(there.exitCode()).isEqualTo(HaltAt.EXIT_CODE);
            assertThat(here.client().get("/v1/health?deep=true").at("/status")).isEqualTo("OK");
        }
    }
}

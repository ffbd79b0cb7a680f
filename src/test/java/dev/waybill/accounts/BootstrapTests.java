package dev.waybill.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.auth.AuthProperties;
import dev.waybill.auth.AuthenticatedKey;
import dev.waybill.auth.Caller;
import dev.waybill.auth.KeySecrets;
import dev.waybill.auth.Permission;
import dev.waybill.auth.Plan;
import dev.waybill.auth.Secret;
import dev.waybill.testing.Databases;
import dev.waybill.testing.MovedClock;
import dev.waybill.testing.Race;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BootstrapTests {

    private static final String FIRST = "sk_first_0123456789abcdef0123";
    private static final String SECOND = "sk_second_0123456789abcdef0123";

    private final AuthMongo stores = new AuthMongo(Databases.STAND_IN);
    private final MovedClock clock = new MovedClock();
    private final KeyLoader keys = new KeyLoader(stores.keys, stores.users, stores.organizations);

    @AfterEach
    void stop() {
        stores.close();
    }

    @Test
    void createsAKeyWithEveryPermission(CapturedOutput output) {
        start(FIRST);

        Caller caller = found(FIRST).orElseThrow().caller();
        assertThat(caller.operator()).isTrue();
        assertThat(caller.permissions()).containsExactlyInAnyOrder(Permission.values());
        assertThat(caller.plan()).isEqualTo(Plan.ENTERPRISE);
        assertThat(stores.organizations
                        .find(caller.organization())
                        .orElseThrow()
                        .organizationName())
                .isEqualTo("default");
        assertThat(stores.users.find(caller.organization(), "admin@waybill.local"))
                .hasValueSatisfying(user -> assertThat(user.role()).isEqualTo(UserRole.ADMIN));
        assertThat(output).doesNotContain(FIRST);
    }

    @Test
    void aRestartChangesNothing() {
        start(FIRST);
        String before = contents();
        clock.move(Duration.ofDays(1));

        start(FIRST);

        assertThat(contents()).isEqualTo(before);
    }

    @Race
    void instancesThatStartTogetherCreateTheSame() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<Boolean> start = () -> {
                start(FIRST);
                return true;
            };
            for (var each :
                    threads.invokeAll(Stream.generate(() -> start).limit(8).toList())) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(found(FIRST)).isPresent();
        assertThat(stores.mongo.getCollection("api_keys").countDocuments()).isOne();
        assertThat(stores.mongo.getCollection("users").countDocuments()).isOne();
    }

    @Test
    void anotherKeyReplacesTheFormerOne() {
        start(FIRST);
        start(SECOND);

        assertThat(found(FIRST)).isEmpty();
        assertThat(found(SECOND)).isPresent();
    }

    @Test
    void noKeyInTheConfigurationChangesNothing() {
        start(null);
        assertThat(stores.mongo.getCollectionNames()).doesNotContain("organizations");

        start(FIRST);
        start(null);
        assertThat(found(FIRST)).isPresent();
    }

    @Test
    void theSecretOfAnotherKeyIsRefused() {
        UserEntity ada = AuthMongo.user("ada@example.com", UserRole.ADMIN);
        stores.keys.insert(AuthMongo.key(ada, "n", new Secret(FIRST)));

        assertThatThrownBy(() -> start(FIRST))
                .hasMessageContaining("WAYBILL_BOOTSTRAP_API_KEY")
                .hasMessageNotContaining(FIRST);
    }

    private void start(@org.jspecify.annotations.Nullable String key) {
        AuthProperties properties = new AuthProperties(
                key == null ? null : new Secret(key),
                Duration.ofSeconds(4),
                new AuthProperties.RateLimit(Duration.ofMinutes(1), 1, 1, 1));
        new Bootstrap(properties, stores.organizations, stores.users, stores.keys, clock).start();
    }

    private java.util.Optional<AuthenticatedKey> found(String key) {
        return keys.find(KeySecrets.hash(new Secret(key)));
    }

    private String contents() {
        return List.of("organizations", "users", "api_keys").stream()
                .map(name -> stores.mongo.getCollection(name).find().first().toJson())
                .toList()
                .toString();
    }
}

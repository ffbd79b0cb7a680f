package dev.waybill.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;

class SettingsTests {

    private static final Map<String, String> GOOD = Map.of(
            "MONGODB_URI", "mongodb://user:p%40ss@db1,db2:27017/waybill?replicaSet=rs0",
            "REDIS_URL", "rediss://:secret@cache:6380/1",
            "S3_BUCKET", "my-bucket.1",
            "S3_ACCESS_KEY_ID", "AKIA123",
            "S3_SECRET_ACCESS_KEY", "secret");

    @Test
    void theRequiredOnesAreEnough() {
        assertThat(problems(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "WAYBILL_BOOTSTRAP_API_KEY, sk_local_waybill_development_key, echo sk_$(openssl rand -hex 24)",
        "WAYBILL_ENCRYPTION_KEY, ZGV2ZWxvcG1lbnQta2V5LWV2ZXJ5Ym9keS1rbm93cy4=, openssl rand -base64 32",
        "WAYBILL_ENCRYPTION_KEY, ZGV2ZWxvcG1lbnQta2V5LWV2ZXJ5Ym9keS1rbm93cy4, openssl rand -base64 32"
    })
    void aKeyThatEverybodyKnowsIsForDevelopmentOnly(String variable, String key, String fix) {
        Map<String, String> settings = with(variable, key);
        assertThat(problems(settings))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith(variable + " is the development key, which everybody knows.")
                        .contains(fix, "WAYBILL_DEVELOPMENT=true")
                        .doesNotContain(key));
        settings.put("WAYBILL_DEVELOPMENT", "false");
        assertThat(problems(settings)).hasSize(1);
        settings.put("WAYBILL_DEVELOPMENT", "true");
        assertThat(problems(settings)).isEmpty();
        assertThat(judged(settings, Settings::knownKeysOf)).containsExactly(variable);
    }

    @Test
    void aKnownKeyMayBeLeftBehindAndOnesOwnAreNotWarnedOf() {
        Map<String, String> settings =
                with("WAYBILL_PREVIOUS_ENCRYPTION_KEY", "ZGV2ZWxvcG1lbnQta2V5LWV2ZXJ5Ym9keS1rbm93cy4=");
        settings.put("WAYBILL_ENCRYPTION_KEY", "a2V5LW9mLXRlc3RzLXRoYXQtZ3VhcmRzLW5vdGhpbmc=");
        settings.put("WAYBILL_BOOTSTRAP_API_KEY", "sk_0123456789abcdef01234567");
        settings.put("WAYBILL_DEVELOPMENT", "true");
        assertThat(problems(settings)).isEmpty();
        assertThat(judged(settings, Settings::knownKeysOf)).isEmpty();
    }

    @Test
    void managementHasAPortOfItsOwn() throws IOException {
        PropertySource<?> delivered = new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .getFirst();
        assertThat(delivered.getProperty("management.server.port")).hasToString("${MANAGEMENT_SERVER_PORT:8081}");

        for (String right : List.of("8081", "0", "-1")) {
            assertThat(problems(with("management.server.port", right))).isEmpty();
        }
        for (String wrong : List.of("", "8080", "08080", "hunter2", "-2", "70000")) {
            assertThat(problems(with("management.server.port", wrong)))
                    .as(wrong)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem)
                            .startsWith("MANAGEMENT_SERVER_PORT ")
                            .contains("It should be ")
                            .doesNotContain("hunter2"));
        }
    }

    @Test
    void aPortThatIsTakenIsReportedWithItsVariable() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("server.port", "8080")
                .withProperty("management.server.port", "8081");
        PortInUseAnalyzer analyzer = new PortInUseAnalyzer(environment);
        assertThat(analyzer.analyze(new PortInUseException(8081)).getAction()).contains(" MANAGEMENT_SERVER_PORT.");
        assertThat(analyzer.analyze(new PortInUseException(8080)).getAction()).contains(" SERVER_PORT.");
    }

    @Test
    void everythingThatIsMissingIsReportedAtOnce() {
        assertThat(problems(Map.of()))
                .hasSize(5)
                .allMatch(problem -> problem.contains(" is missing. Set it to "))
                .anyMatch(problem -> problem.startsWith("MONGODB_URI "))
                .anyMatch(problem -> problem.startsWith("REDIS_URL "))
                .anyMatch(problem -> problem.startsWith("S3_BUCKET "))
                .anyMatch(problem -> problem.startsWith("S3_ACCESS_KEY_ID "))
                .anyMatch(problem -> problem.startsWith("S3_SECRET_ACCESS_KEY "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MONGODB_URI", "REDIS_URL", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"})
    void blankIsMissing(String variable) {
        assertThat(problems(with(variable, "  ")))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(variable + " is missing."));
    }

    @ParameterizedTest
    @CsvSource({
        "MONGODB_URI, postgres://user:hunter2@db/waybill",
        "MONGODB_URI, mongodb://user:hunter2@db:27017",
        "MONGODB_URI, mongodb://user:hunter2@x@db/waybill",
        "REDIS_URL, http://:hunter2@cache:6379",
        "REDIS_URL, cache:6379",
        "REDIS_URL, redis://",
        "S3_BUCKET, Bucket_hunter2",
        "S3_REGION, us east 1",
        "S3_ENDPOINT, hunter2:9000",
        "S3_ENDPOINT, s3://hunter2",
        "S3_PUBLIC_ENDPOINT, ftp://hunter2",
        "WAYBILL_BOOTSTRAP_API_KEY, sk_hunter2",
        "WAYBILL_BOOTSTRAP_API_KEY, sk_hunter2_0123456789abcde",
        "WAYBILL_DEVELOPMENT, hunter2",
        "WAYBILL_ENCRYPTION_KEY, hunter2",
        "WAYBILL_PREVIOUS_ENCRYPTION_KEY, aHVudGVyMg==",
        "WAYBILL_BOOTSTRAP_API_KEY, hunter2_0123456789abcdef0123456789",
        "SERVER_PORT, hunter2",
        "SERVER_PORT, 70000",
        "LOG_FORMAT, xml"
    })
    void whatIsWrongIsNamedButNeverRepeated(String variable, String value) {
        assertThat(problems(with(variable, value)))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith(variable + " ")
                        .contains("It should be ")
                        .doesNotContain("hunter2"));
    }

    @Test
    void theUploadCredentialIsWholeOrNone() {
        Map<String, String> settings = with("S3_UPLOAD_ACCESS_KEY_ID", "hunter2");
        assertThat(problems(settings))
                .containsExactly("S3_UPLOAD_SECRET_ACCESS_KEY is missing, and S3_UPLOAD_ACCESS_KEY_ID is set."
                        + " Set both, or neither.");
        assertThat(problems(with("S3_UPLOAD_SECRET_ACCESS_KEY", "hunter2")))
                .containsExactly("S3_UPLOAD_ACCESS_KEY_ID is missing, and S3_UPLOAD_SECRET_ACCESS_KEY is set."
                        + " Set both, or neither.");
        settings.put("S3_UPLOAD_SECRET_ACCESS_KEY", "hunter2");
        assertThat(problems(settings)).isEmpty();
        settings.put("S3_UPLOAD_ACCESS_KEY_ID", "");
        settings.put("S3_UPLOAD_SECRET_ACCESS_KEY", " ");
        assertThat(problems(settings)).isEmpty();
    }

    private static Map<String, String> with(String variable, String value) {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put(variable, value);
        return settings;
    }

    private static List<String> problems(Map<String, String> environment) {
        return judged(environment, Settings::problemsOf);
    }

    /** Through application.yaml, which says how the variables are called. */
    private static List<String> judged(
            Map<String, String> environment, Function<PropertyResolver, List<String>> judgement) {
        List<List<String>> found = new ArrayList<>();
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues(environment.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toArray(String[]::new))
                .run(context -> found.add(judgement.apply(context.getBean(Environment.class))));
        return found.getFirst();
    }
}

package dev.waybill.platform.startup;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** With {@code LOG_FORMAT=json} every line of the log is one JSON object, in Logstash's field names. */
class LogFormat implements EnvironmentPostProcessor {

    static final String VARIABLE = "LOG_FORMAT";

    private static final Set<String> KNOWN = Set.of("text", "json");

    static boolean isKnown(String format) {
        return KNOWN.contains(format.toLowerCase(Locale.ROOT));
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if ("json".equalsIgnoreCase(environment.getProperty(VARIABLE))) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "log format", Map.of("logging.structured.format.console", "logstash")));
        }
    }
}

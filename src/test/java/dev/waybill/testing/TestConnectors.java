package dev.waybill.testing;

import dev.waybill.connectors.ScriptedSource;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Adds a provider, with {@code WAYBILL_TEST_CONNECTORS=true} in the environment, as in every service that tests start
 * in their own JVM: {@code scripted}, which needs no network. Tests script it by
 * {@code service.bean(ScriptedSource.class)}.
 */
public final class TestConnectors implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String PROPERTY = "WAYBILL_TEST_CONNECTORS";

    static final Map<String, String> ON = Map.of(PROPERTY, "true");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if ("true".equals(context.getEnvironment().getProperty(PROPERTY))) {
            context.getBeanFactory().registerSingleton("scriptedSource", new ScriptedSource());
        }
    }
}

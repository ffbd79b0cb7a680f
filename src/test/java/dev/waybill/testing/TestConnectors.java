package dev.waybill.testing;

import dev.waybill.connectors.ScriptedSource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One more provider in every service that tests start: {@code scripted}, which needs no network. A test gets its script by
 * {@code service.bean(ScriptedSource.class)}.
 */
public final class TestConnectors implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().registerSingleton("scriptedSource", new ScriptedSource());
    }
}

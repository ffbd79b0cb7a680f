package dev.waybill.extraction.sandbox;

import java.util.Map;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Lets all services that tests start in their own JVM open files in the same child processes, with
 * {@code WAYBILL_TEST_SHARED_CHILDREN=true} in the environment: starting one takes a second, and would be done by each.
 */
public final class SharedChildren implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String PROPERTY = "WAYBILL_TEST_SHARED_CHILDREN";
    private static final String BEAN = "childProcesses";

    public static final Map<String, String> ON = Map.of(PROPERTY, "true");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if ("true".equals(context.getEnvironment().getProperty(PROPERTY))) {
            context.addBeanFactoryPostProcessor(beans -> {
                BeanDefinitionRegistry definitions = (BeanDefinitionRegistry) beans;
                if (definitions.containsBeanDefinition(BEAN)) {
                    definitions.removeBeanDefinition(BEAN);
                    // A singleton that was made elsewhere is not closed with the context.
                    beans.registerSingleton(BEAN, Extraction.CHILDREN);
                }
            });
        }
    }
}

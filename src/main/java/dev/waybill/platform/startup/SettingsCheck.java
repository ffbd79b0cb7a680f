package dev.waybill.platform.startup;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start with settings that cannot work, before the first bean is made from them. */
@Component
class SettingsCheck implements BeanFactoryPostProcessor, EnvironmentAware {

    private static final Logger log = LoggerFactory.getLogger(SettingsCheck.class);

    private final List<String> problems = new ArrayList<>();
    private final List<String> knownKeys = new ArrayList<>();

    @Override
    public void setEnvironment(Environment environment) {
        problems.addAll(Settings.problemsOf(environment));
        knownKeys.addAll(Settings.knownKeysOf(environment));
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (!problems.isEmpty()) {
            throw new CannotStart(problems);
        }
        if (!knownKeys.isEmpty()) {
            log.warn(
                    "WAYBILL_DEVELOPMENT is true: keys that everybody knows are accepted ({}). Whoever reaches this"
                            + " service may do anything, so keep it and its data to yourself.",
                    String.join(", ", knownKeys));
        }
    }
}

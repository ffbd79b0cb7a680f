package dev.waybill.platform.startup;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start with settings that cannot work, before the first bean is made from them. */
@Component
class SettingsCheck implements BeanFactoryPostProcessor, EnvironmentAware {

    private final List<String> problems = new ArrayList<>();

    @Override
    public void setEnvironment(Environment environment) {
        problems.addAll(Settings.problemsOf(environment));
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (!problems.isEmpty()) {
            throw new CannotStart(problems);
        }
    }
}

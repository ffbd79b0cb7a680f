package dev.waybill.testing;

import java.io.IOException;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Tests lie in the same packages as what they test, so the application's component scan would find configurations that
 * are meant for a single test. This filter excludes everything that was compiled from the test sources.
 */
public final class TestClassesAreNoBeans implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().registerSingleton("testClassesAreNoBeans", new FromTestSources());
    }

    private static final class FromTestSources extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory types) throws IOException {
            Resource file = type.getResource();
            return file.isFile() && file.getURI().getPath().contains("/test-classes/");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof FromTestSources;
        }

        @Override
        public int hashCode() {
            return FromTestSources.class.hashCode();
        }
    }
}

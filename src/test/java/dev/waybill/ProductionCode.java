package dev.waybill;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/** The service's classes as the architecture tests see them, read once. */
final class ProductionCode {

    private static final String ROOT = WaybillApplication.class.getPackageName();
    private static final JavaClasses CLASSES = importing(new ImportOption.DoNotIncludeTests());
    private static final Supplier<JavaClasses> TESTS =
            SingletonSupplier.of(() -> importing(new ImportOption.OnlyIncludeTests()));

    private ProductionCode() {}

    static JavaClasses classes() {
        return CLASSES;
    }

    /** The tests beside it. */
    static JavaClasses tests() {
        return TESTS.get();
    }

    private static JavaClasses importing(ImportOption what) {
        return new ClassFileImporter().withImportOption(what).importPackages(ROOT);
    }
}

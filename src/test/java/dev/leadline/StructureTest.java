package dev.leadline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls between the packages, as docs/architecture.md draws them. */
class StructureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.leadline");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| .* \\| (.*) \\|$");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");
  private static final Map<String, Set<String>> MAY_USE = packageTable();

  @Test
  void everyPackageIsInTheTableOfTheArchitecture() {
    var packages = CLASSES.stream().map(JavaClass::getPackageName).filter(name -> name.startsWith("dev.leadline."))
        .map(name -> name.split("\\.")[2]).collect(Collectors.toSet());
    assertThat(MAY_USE.keySet()).containsAll(packages);
  }

  static Stream<String> packages() {
    return MAY_USE.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageUsesOnlyWhatItsRowNames(String name) {
    var foreign = MAY_USE.keySet().stream()
        .filter(other -> !other.equals(name) && !MAY_USE.get(name).contains(other))
        .map(StructureTest::in).toArray(String[]::new);
    noClasses().that().resideInAPackage(in(name))
        .should().dependOnClassesThat().resideInAnyPackage(foreign)
        .allowEmptyShould(true).check(CLASSES);
  }

  @Test
  void noPackageUsesItselfInARoundabout() {
    slices().matching("dev.leadline.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nobodyNeedsTheEmbeddedServers() {
    assertThat(MAY_USE.values()).noneMatch(used -> used.contains("embedded"));
    noClasses().that().resideOutsideOfPackage("dev.leadline.embedded..")
        .should().dependOnClassesThat().resideInAnyPackage(
            "dev.leadline.embedded..", "io.camunda.zeebe.engine..", "io.camunda.zeebe.logstreams..",
            "io.camunda.zeebe.stream..", "io.camunda.zeebe.db..", "io.camunda.zeebe.protocol..",
            "de.bwaldvogel..", "com.icegreen..")
        .check(CLASSES);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?|DTO|Dto)").check(CLASSES);
  }

  @Test
  void lettersAreMadeSmallOrLargeAlikeEverywhere() {
    noClasses().should().callMethod(String.class, "toLowerCase").orShould().callMethod(String.class, "toUpperCase")
        .because("without Locale.ROOT they depend on where the machine stands").check(CLASSES);
  }

  private static String in(String name) {
    return "dev.leadline." + name + "..";
  }

  private static Map<String, Set<String>> packageTable() {
    try {
      var section = Files.readString(Path.of("docs/architecture.md")).split("## Packages|## Journeys")[1];
      return ROW.matcher(section).results().collect(Collectors.toMap(row -> row.group(1), row ->
          NAME.matcher(row.group(2)).results().map(MatchResult::group).map(used -> used.replace("`", ""))
              .collect(Collectors.toSet())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

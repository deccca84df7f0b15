package dev.leadline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.leadline.Drawings;
import dev.leadline.LeadlineTest;
import io.camunda.client.CamundaClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One lead's way through the pages as people walk it, in a real browser. */
@LeadlineTest
@Tag("browser")
class BrowserTest {

  private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
      new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);

  private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

  @LocalServerPort int port;
  @Autowired CamundaClient camunda;

  private static Playwright playwright;
  private static Browser browser;
  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void openBrowser() {
    var chromium = chromium();
    assumeTrue(chromium.isPresent(), "No Chromium on this machine: install the package chromium to run this test.");
    playwright =
        Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.get())
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")));
  }

  @AfterAll
  static void closeBrowser() {
    if (playwright != null) playwright.close();
  }

  @BeforeEach
  void deploy() throws IOException {
    Drawings.deploy(camunda);
  }

  @Test
  void aTypedLeadIsReviewedInTheInboxAndMailedAsEdited() {
    var page = page(1280, 900);
    introduce(page, "Nora Keane", "nora.keane@brightwater-insurance.example");

    page.navigate("/inbox");
    page.getByLabel("You are").fill("Maja Björk");
    page.getByLabel("You are").press("Enter");
    assertThat(page.getByLabel("You are")).hasValue("Maja Björk");
    var task = page.locator("#tasks a", new Page.LocatorOptions().setHasText("Nora Keane"));
    assertThat(task).isVisible(PATIENTLY);
    task.focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#form[data-ready]")).isVisible(PATIENTLY);
    var subject = page.getByLabel("Subject").first();
    subject.fill("A question about your claims");
    page.keyboard().press("Escape");
    page.keyboard().press("c");
    assertThat(page.locator("#task .tag", new Page.LocatorOptions().setHasText("Yours"))).isVisible(PATIENTLY);
    assertThat(page.locator("#form[data-ready]")).isVisible(PATIENTLY);

    page.keyboard().press("Control+Enter");
    assertThat(page.locator("#refused")).containsText("Something is missing");

    assertThat(subject).hasValue("A question about your claims");
    var text = page.getByLabel("Text").first();
    text.fill(text.inputValue().replaceFirst("Hi Nora,", "Dear Nora,"));
    page.getByLabel("Approve").check();
    text.press("Control+Enter");
    assertThat(page.locator("#say", new Page.LocatorOptions().setHasText("Done."))).isVisible(PATIENTLY);
    assertThat(task).hasCount(0);

    var mail = mailbox(page, "A question about your claims");
    assertThat(mail).hasCount(1);
    mail.click();
    assertThat(page.locator("main")).containsText("Dear Nora,");

    page.navigate("/leads?q=Keane");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Nora Keane")).click();
    assertThat(page.locator(".line")).containsText("Came in through the form");
    assertThat(page.locator(".line")).containsText("Scored");
    assertThat(page.locator(".line")).containsText("Maja Björk edited and approved the drafts");
    assertThat(page.locator(".line")).containsText("E-mail 1 was sent");

    page.getByText("Show the diagram").click();
    assertThat(page.locator(".diagram .djs-element.taken[data-element-id=ScoreLead]")).isVisible(PATIENTLY);
    assertThat(complaints).isEmpty();
  }

  @Test
  void aCampaignIsMadeStartedAndWatchedWhileItFindsPeople() {
    var page = page(1280, 900);
    page.navigate("/campaigns");
    page.getByText("New campaign").first().click();
    page.getByLabel("Job titles").fill("head of logistics, operations manager");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Make it")).click();
    assertThat(page.locator("#name-problem")).hasText("is required");
    page.locator("#name").fill("Logistics in Spain");
    page.getByLabel("Where").fill("Spain");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Make it")).click();
    assertThat(page.locator("#run")).containsText("Not started yet");

    page.keyboard().press("s");
    assertThat(page.locator("#run table")).containsText("Lucía Moreno", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
    assertThat(page.locator("#run .step").first()).containsText("Found2");
    page.keyboard().press("p");
    assertThat(page.locator("h1 .tag")).hasText("paused");
    page.keyboard().press("p");
    assertThat(page.locator("h1 .tag")).hasText("running");
    assertThat(page.locator(".log").first()).containsText("Resumed by");

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Lucía Moreno")).click();
    assertThat(page.locator("main")).containsText("did not write to us");
    assertThat(page.locator("main")).containsText("Found by the campaign Logistics in Spain");
    assertThat(complaints).isEmpty();
  }

  @Test
  void nothingIsWiderThanAPhone() {
    var page = page(390, 844);
    introduce(page, "Ines Roth", "ines.roth@brightwater-insurance.example");
    for (var path : List.of("/", "/inbox", "/leads", "/journeys", "/agents", "/agents/assess-lead", "/mailbox", "/import", "/campaigns", "/campaigns/new", "/campaigns/exclusions")) {
      page.navigate(path);
      assertThat(tooWide(page)).as(path).isEqualTo(0);
    }
    page.navigate("/inbox");
    var task = page.locator("#tasks a", new Page.LocatorOptions().setHasText("Ines Roth"));
    assertThat(task).isVisible(PATIENTLY);
    task.click();
    assertThat(page.locator("#form[data-ready]")).isVisible(PATIENTLY);
    assertThat(tooWide(page)).isEqualTo(0);
    assertThat(complaints).isEmpty();
  }

  private Page page(int width, int height) {
    var context =
        browser.newContext(
            new Browser.NewContextOptions().setBaseURL("http://localhost:" + port).setViewportSize(width, height));
    var page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) complaints.add(message.text());
    });
    page.onPageError(complaints::add);
    return page;
  }

  private static int tooWide(Page page) {
    return (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  private static void introduce(Page page, String name, String email) {
    page.navigate("/");
    page.locator("main [name=name]").fill(name);
    page.locator("[name=email]").fill(email);
    page.locator("[name=company]").fill("Brightwater Insurance plc");
    page.locator("[name=website]").fill("https://www.brightwater-insurance.example");
    page.locator("[name=jobTitle]").fill("Chief Operating Officer");
    page.locator("[name=leadSource]").fill("Trade fair");
    page.locator("[name=projectDescription]").fill(
        "We need to get our claims intake under control before the next storm season. "
            + "The budget is approved and I decide.");
    page.locator("main button").click();
    assertThat(page.locator("main h1")).containsText(Pattern.compile("thank", Pattern.CASE_INSENSITIVE));
  }

  private static Locator mailbox(Page page, String subject) {
    var mail = page.getByText(subject, new Page.GetByTextOptions().setExact(true));
    page.waitForCondition(
        () -> {
          page.navigate("/mailbox");
          return mail.count() > 0;
        },
        new Page.WaitForConditionOptions().setTimeout(30_000));
    return mail;
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

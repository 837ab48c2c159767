using System.Globalization;

namespace PerfTests.Reporting.Allure;

/// <summary>Which pipeline a run was part of, as Allure wants to know it.</summary>
/// <param name="Name">Who ran the tests.</param>
/// <param name="Type">The kind of pipeline; Allure has an icon for each that it knows.</param>
/// <param name="Url">The server.</param>
/// <param name="BuildOrder">The pipeline's number; larger is later.</param>
/// <param name="BuildName">The pipeline, for people.</param>
/// <param name="BuildUrl">Where to see it.</param>
internal sealed record PipelineExecutor(string Name, string Type, string? Url, int? BuildOrder, string BuildName, string? BuildUrl)
{
    /// <summary>The pipeline that this process runs in, or null.</summary>
    public static PipelineExecutor? Current() => Of(Environment.GetEnvironmentVariable);

    /// <summary>The pipeline that these variables describe, or null.</summary>
    public static PipelineExecutor? Of(Func<string, string?> variable) => variable switch
    {
        _ when variable("GITLAB_CI") == "true" => new PipelineExecutor(
            "GitLab CI",
            "gitlab",
            variable("CI_SERVER_URL"),
            Number(variable("CI_PIPELINE_IID")),
            $"{variable("CI_PROJECT_PATH") ?? "pipeline"} {variable("CI_PIPELINE_IID")}, {variable("CI_JOB_NAME")} on {variable("CI_COMMIT_REF_NAME")}",
            variable("CI_JOB_URL") ?? variable("CI_PIPELINE_URL")),
        _ when variable("GITHUB_ACTIONS") == "true" => new PipelineExecutor(
            "GitHub Actions",
            "github",
            variable("GITHUB_SERVER_URL"),
            Number(variable("GITHUB_RUN_NUMBER")),
            $"{variable("GITHUB_WORKFLOW")} {variable("GITHUB_RUN_NUMBER")}, {variable("GITHUB_JOB")} on {variable("GITHUB_REF_NAME")}",
            $"{variable("GITHUB_SERVER_URL")}/{variable("GITHUB_REPOSITORY")}/actions/runs/{variable("GITHUB_RUN_ID")}"),
        _ when variable("JENKINS_URL") is { Length: > 0 } url => new PipelineExecutor(
            "Jenkins", "jenkins", url, Number(variable("BUILD_NUMBER")), $"{variable("JOB_NAME")} {variable("BUILD_NUMBER")}", variable("BUILD_URL")),
        _ => null,
    };

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

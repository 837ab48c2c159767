using System.Globalization;

namespace PerfTests.Reporting.Allure;

/// <summary>CI pipeline that a run was part of, in Allure's format.</summary>
/// <param name="Name">Name of the CI system.</param>
/// <param name="Type">Kind of CI system, for which Allure has an icon.</param>
/// <param name="Url">Address of the server.</param>
/// <param name="BuildOrder">Number of the pipeline. A later pipeline has a larger number.</param>
/// <param name="BuildName">Name of the pipeline.</param>
/// <param name="BuildUrl">Address of the job.</param>
internal sealed record PipelineExecutor(string Name, string Type, string? Url, int? BuildOrder, string BuildName, string? BuildUrl)
{
    /// <summary>Returns the pipeline that this process runs in; null outside a pipeline.</summary>
    public static PipelineExecutor? Current() => Of(Environment.GetEnvironmentVariable);

    /// <summary>Returns the pipeline that environment variables describe; null if they describe none.</summary>
    public static PipelineExecutor? Of(Func<string, string?> variable) => variable switch
    {
        _ when variable("GITLAB_CI") == "true" => new PipelineExecutor(
            "GitLab CI",
            "gitlab",
            variable("CI_SERVER_URL"),
            Number(variable("CI_PIPELINE_IID")),
            $"{variable("CI_PROJECT_PATH") ?? "pipeline"} {variable("CI_PIPELINE_IID")}, "
                + $"{variable("CI_JOB_NAME")} on {variable("CI_COMMIT_REF_NAME")}",
            variable("CI_JOB_URL") ?? variable("CI_PIPELINE_URL")),
        _ when variable("GITHUB_ACTIONS") == "true" => new PipelineExecutor(
            "GitHub Actions",
            "github",
            variable("GITHUB_SERVER_URL"),
            Number(variable("GITHUB_RUN_NUMBER")),
            $"{variable("GITHUB_WORKFLOW")} {variable("GITHUB_RUN_NUMBER")}, {variable("GITHUB_JOB")} on {variable("GITHUB_REF_NAME")}",
            $"{variable("GITHUB_SERVER_URL")}/{variable("GITHUB_REPOSITORY")}/actions/runs/{variable("GITHUB_RUN_ID")}"),
        _ when variable("JENKINS_URL") is { Length: > 0 } url => new PipelineExecutor(
            "Jenkins",
            "jenkins",
            url,
            Number(variable("BUILD_NUMBER")),
            $"{variable("JOB_NAME")} {variable("BUILD_NUMBER")}",
            variable("BUILD_URL")),
        _ => null,
    };

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

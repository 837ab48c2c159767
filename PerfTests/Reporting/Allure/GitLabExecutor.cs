using System.Globalization;

namespace PerfTests.Reporting.Allure;

/// <summary>Which pipeline a run was part of, as Allure wants to know it.</summary>
/// <param name="Name">Who ran the tests.</param>
/// <param name="Type">The kind of pipeline.</param>
/// <param name="Url">The server.</param>
/// <param name="BuildOrder">The pipeline's number; larger is later.</param>
/// <param name="BuildName">The pipeline, for people.</param>
/// <param name="BuildUrl">Where to see it.</param>
internal sealed record GitLabExecutor(string Name, string Type, string? Url, int? BuildOrder, string BuildName, string? BuildUrl)
{
    /// <summary>The pipeline that this process runs in, or null.</summary>
    public static GitLabExecutor? Current() => Of(Environment.GetEnvironmentVariable);

    /// <summary>The pipeline that these variables describe, or null.</summary>
    public static GitLabExecutor? Of(Func<string, string?> variable)
    {
        if (variable("GITLAB_CI") != "true")
        {
            return null;
        }

        var order = int.TryParse(variable("CI_PIPELINE_IID"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        return new GitLabExecutor(
            "GitLab CI",
            "gitlab",
            variable("CI_SERVER_URL"),
            order,
            FormattableString.Invariant($"{variable("CI_PROJECT_PATH") ?? "pipeline"} {order}, {variable("CI_JOB_NAME")} on {variable("CI_COMMIT_REF_NAME")}"),
            variable("CI_JOB_URL") ?? variable("CI_PIPELINE_URL"));
    }
}

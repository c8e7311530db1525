using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExpertPanel.Server.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class DeadlineLights : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "ReviewHalfWay",
                table: "matters",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "ReviewPausedOn",
                table: "matters",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "StageHalfWay",
                table: "matters",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "StagePausedOn",
                table: "matters",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Size",
                table: "inbound_mails",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateIndex(
                name: "IX_matters_TenantId_LinkedNumber",
                table: "matters",
                columns: new[] { "TenantId", "LinkedNumber" },
                filter: "\"LinkedNumber\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_matters_TenantId_SponsoringUnit",
                table: "matters",
                columns: new[] { "TenantId", "SponsoringUnit" });

            // Until its next act a matter of before keeps yellow for the last day; what is suspended was so in time.
            migrationBuilder.Sql("UPDATE matters SET \"ReviewPausedOn\" = \"ReviewDue\", \"StagePausedOn\" = \"StageDue\" WHERE \"Suspended\"");
            migrationBuilder.Sql("UPDATE inbound_mails SET \"Size\" = octet_length(\"Raw\")");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_matters_TenantId_LinkedNumber",
                table: "matters");

            migrationBuilder.DropIndex(
                name: "IX_matters_TenantId_SponsoringUnit",
                table: "matters");

            migrationBuilder.DropColumn(
                name: "ReviewHalfWay",
                table: "matters");

            migrationBuilder.DropColumn(
                name: "ReviewPausedOn",
                table: "matters");

            migrationBuilder.DropColumn(
                name: "StageHalfWay",
                table: "matters");

            migrationBuilder.DropColumn(
                name: "StagePausedOn",
                table: "matters");

            migrationBuilder.DropColumn(
                name: "Size",
                table: "inbound_mails");
        }
    }
}
